package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.OutputColumn;
import org.junit.jupiter.api.Test;

class ProfileCompilationTest {

  @Test
  void theProfileHasTheSixtyColumnsOfTheExpert() throws Exception {
    ProfileCompilation compilation = new ProfileCompilation();
    try {
      assertThat(compilation.plan().columns())
          .extracting(OutputColumn::name)
          .hasSize(61)
          .contains("customer_id", "c_cnt", "c_urls_7d", "c_mode_365d", "o_avg_90d", "o_mode");
      assertThat(compilation.compile().sql()).contains("customer_id");
    } finally {
      compilation.tearDown();
    }
  }
}
