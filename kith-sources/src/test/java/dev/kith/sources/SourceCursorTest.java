package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.sources.file.FileState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceCursorTest {

  @Test
  void isTheSameAfterItWasWritten() {
    SourceCursor cursor =
        new SourceCursor(
            Map.of(
                "a \"b\".csv",
                new FileState("a \"b\".csv", 1, 2, 3, 4, "00ff", false),
                "ü.csv",
                new FileState("ü.csv", 5, 0, 7, 8, "aa", true)),
            Optional.of("i:2024-01-01T00:00:00Z"),
            Optional.of("run/s"));

    assertThat(SourceCursor.parse(cursor.toJson())).isEqualTo(cursor);
    assertThat(SourceCursor.parse(SourceCursor.START.toJson())).isEqualTo(SourceCursor.START);
  }
}
