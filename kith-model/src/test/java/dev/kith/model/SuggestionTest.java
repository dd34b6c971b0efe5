package dev.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  @ParameterizedTest
  @CsvSource({
    "amount, amount, 0",
    "amout, amount, 1",
    "amuont, amount, 1",
    "amountt, amount, 1",
    "amiunt, amount, 1",
    "ab, ba, 1",
    "ca, abc, 3",
    "'', abc, 3",
    "주무, 주문, 1",
    "🎉a, a🎉, 1",
  })
  void countsEditsAndSwapsOfNeighbours(String from, String to, int edits) {
    assertThat(Suggestion.distance(from, to)).isEqualTo(edits);
    assertThat(Suggestion.distance(to, from)).isEqualTo(edits);
  }

  @Test
  void oneEditIsNeverMoreThanOneAway() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(1 + random.nextInt(8), 'a', 'e').forEach(c -> text.append((char) c));
      StringBuilder edited = new StringBuilder(text);
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> edited.deleteCharAt(at);
        case 1 -> edited.insert(at, (char) ('a' + random.nextInt(4)));
        default -> edited.setCharAt(at, (char) ('a' + random.nextInt(4)));
      }
      assertThat(Suggestion.distance(text.toString(), edited.toString()))
          .as("seed %d: '%s' to '%s'", seed, text, edited)
          .isEqualTo(text.toString().contentEquals(edited) ? 0 : 1);
    }
  }

  @Test
  void suggestsTheNearestAndOfEquallyNearOnesTheFirst() {
    assertThat(Suggestion.nearest("clickz", List.of("visits", "clicks"))).hasValue("clicks");
    assertThat(Suggestion.nearest("ITEM", List.of("items", "item"))).hasValue("item");
    assertThat(Suggestion.nearest("cat", List.of("hat", "bat"))).hasValue("bat");
  }

  @Test
  void suggestsNothingThatIsFar() {
    assertThat(Suggestion.nearest("amount", List.of("quantity", "x"))).isEmpty();
    assertThat(Suggestion.nearest("ab", List.of("cd"))).isEmpty();
    assertThat(Suggestion.nearest("ab", List.of())).isEmpty();
  }
}
