package dev.kith.run.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.type.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {

  @ParameterizedTest
  @CsvSource({
    "VARCHAR, anything, true",
    "INTEGER, 12, true",
    "INTEGER, 1e3, true",
    "INTEGER, 2.5, false",
    "INTEGER, 3000000000, false",
    "BIGINT, 3000000000, true",
    "BIGINT, many, false",
    "DOUBLE, -1.5e300, true",
    "DOUBLE, cheap, false",
    "'DECIMAL(10,2)', 0.005, true",
    "BOOLEAN, true, true",
    "BOOLEAN, yes, false",
    "DATE, 2026-02-28, true",
    "DATE, 2026-02-29, false",
    "DATE, 2026-02-28 10:00, false",
    "TIME, 23:59:59.5, true",
    "TIME, 24:00, false",
    "TIMESTAMP, 2026-02-28, true",
    "TIMESTAMP, 2026-02-28 10:00:00, true",
    "TIMESTAMP WITH TIME ZONE, 2026-02-28T10:00:00Z, true",
    "TIMESTAMP WITH TIME ZONE, 2026-02-28 10:00:00.123456+05:45, true",
    "TIMESTAMP WITH TIME ZONE, 2026-02-28 10:00:00 UTC, false",
    "TIMESTAMP, soon, false",
    "UUID, 123e4567-e89b-12d3-a456-426614174000, true",
    "UUID, 123, false",
    "INTEGER[], 1, false",
    "BLOB, x, false",
  })
  void aTextIsAValueOfATypeOrNot(String type, String text, boolean expected) {
    assertThat(Literals.isOfType(text, DataType.parse(type).orElseThrow())).isEqualTo(expected);
  }
}
