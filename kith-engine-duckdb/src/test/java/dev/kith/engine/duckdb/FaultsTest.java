package dev.kith.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.EngineCode;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages as DuckDB 2.0.0.1 gave them. */
class FaultsTest {

  private static final String DISK_FULL =
      """
      IO Error: Async write failed for range [offset=46, size=21]: {"exception_type":"IO",\
      "exception_message":"Could not write file \\"/w/data/a.parquet\\": No space left on device","errno":"28"}""";

  @Test
  void eachKindHasItsCode() {
    Map<String, EngineCode> codes =
        Map.of(
            "Conversion Error: Could not convert string 'zstd' to INT32",
            EngineCode.STATEMENT_FAILED,
            "Catalog Error: Table with name corrupt does not exist!",
            EngineCode.STATEMENT_FAILED,
            "INTERRUPT Error: Interrupted!",
            EngineCode.CANCELLED,
            "Out of Memory Error: failed to offload data block",
            EngineCode.OUT_OF_SPACE,
            DISK_FULL,
            EngineCode.OUT_OF_SPACE,
            "Invalid Input Error: No magic bytes found at end of file '/w/a.parquet'",
            EngineCode.UNREADABLE_FILE,
            "IO Error: No files found that match the pattern \"/w/a.parquet\"",
            EngineCode.FILE_ACCESS_FAILED,
            "INTERNAL Error: Attempted to access index 0",
            EngineCode.ENGINE_BROKEN);

    codes.forEach((message, code) -> assertThat(fault(message).code()).as(message).isEqualTo(code));
  }

  @Test
  void aFullDiskIsNamedWithTheFile() {
    KithException fault = fault(DISK_FULL);

    assertThat(fault.category()).isEqualTo(FaultCategory.OUTSIDE);
    assertThat(fault)
        .hasMessage("Cannot write orders: no space left on the disk: /w/data/a.parquet");
  }

  @Test
  void theExcerptOfTheStatementIsLeftOut() {
    KithException fault =
        fault(
            "Binder Error: No such column: x\nDid you mean y?\n\nLINE 1: SELECT x\n               ^");

    assertThat(fault).hasMessage("Cannot compute orders: No such column: x; Did you mean y?");
  }

  private static KithException fault(String message) {
    return Faults.of(new SQLException(message), "orders");
  }
}
