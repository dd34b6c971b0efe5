package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FrozenSqlTest {

  @Test
  void fillsInEveryParameterAndDropsComments() {
    String filled =
        FrozenSql.fill(
            "-- of ${ANY}\nSELECT ${N}, '${FILE}', ${N}", Map.of("N", "7", "FILE", "a$1"));

    assertThat(filled).isEqualTo("SELECT 7, 'a$1', 7\n");
  }

  @Test
  void refusesAParameterWithoutAValue() {
    assertThatThrownBy(() -> FrozenSql.fill("SELECT ${N}", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("${N}");
  }
}
