package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileComparisonTest {

  private static final String EXPERT =
      "SELECT 1 AS customer_id, 3 AS c_cnt_7, TIMESTAMP '2025-01-02 03:04:05' AS c_last_e,"
          + " 0.1::DOUBLE AS o_avg_7, NULL::VARCHAR AS c_mode_7";

  @TempDir private Path folder;

  @Test
  void instantsAndRoundingDoNotMatter() throws Exception {
    String same =
        "SELECT 1 AS customer_id, 3::BIGINT AS c_cnt_7d,"
            + " TIMESTAMPTZ '2025-01-02 03:04:05+00' AS c_last, 0.1 + 1e-15::DOUBLE AS o_avg_7d,"
            + " NULL::VARCHAR AS c_mode_7d";

    assertThat(compare(EXPERT, same)).isEqualTo("1 people and 4 columns compared, all equal.");
  }

  @Test
  void everyDifferenceIsSeen() {
    String other =
        "SELECT 1 AS customer_id, 4 AS c_cnt_7d,"
            + " TIMESTAMPTZ '2025-01-02 03:04:06+00' AS c_last, NULL::DOUBLE AS o_avg_7d,"
            + " '' AS c_mode_7d";

    assertThatThrownBy(() -> compare(EXPERT, other))
        .hasMessageContaining("c_cnt_7 of 1")
        .hasMessageContaining("c_last_e of 1")
        .hasMessageContaining("o_avg_7 of 1")
        .hasMessageContaining("c_mode_7 of 1");
  }

  @Test
  void aPersonWhoIsMissingIsSeen() {
    String two = EXPERT + " UNION ALL SELECT 2, 3, NULL, NULL, NULL";
    String one =
        "SELECT 1 AS customer_id, 3 AS c_cnt_7d, TIMESTAMPTZ '2025-01-02 03:04:05+00' AS c_last,"
            + " 0.1::DOUBLE AS o_avg_7d, NULL::VARCHAR AS c_mode_7d";

    assertThatThrownBy(() -> compare(two, one)).hasMessageContaining("expert 2 and Kith 1 of 2");
  }

  private String compare(String expert, String kith) throws Exception {
    return ProfileComparison.compare(write("expert", expert), write("kith", kith));
  }

  private Path write(String name, String query) throws Exception {
    Path file = folder.resolve(name + ".parquet");
    try (Duck duck = new Duck()) {
      duck.execute("COPY (" + query + ") TO " + Duck.quoted(file) + " (FORMAT parquet)");
    }
    return file;
  }
}
