package dev.kith.measures;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Makes docs/reference/aggregates.md; {@code -Dkith.golden=update} writes it. */
class AggregateReferenceTest {

  private static final Path FILE = Path.of("..", "docs", "reference", "aggregates.md");

  private static final String INTRODUCTION =
      """
      # Aggregates

      Made from the code. A measure is one of these, over the events of a person in a window:

      ```yaml
      define:
        spend: sum(amount)
        refunds: count(*) filter (where amount < 0)
      ```

      - `x` is an expression over the columns of one event; so is the condition of `filter (where ...)`, which picks the events that count. A condition that is NULL does not hold.
      - Events whose time or key is NULL belong to nobody. Windows are half-open: `30d` at T is from T - 30 days, inclusive, to T, exclusive; `ever` is everything before T.
      - *The order of events* is by time, then by the columns of `id:` (without it, by all columns in the order of the schema), then by the value. NULL is the greatest value.
      - Texts are compared by their UTF-8 bytes. Values of `count(distinct x)`, `min`, `max`, `mode`, `top` and `histogram` must have an order, which maps do not have.
      - Doubles are equal within 1e-9 relative.

      | aggregate | gives | type | of nothing | NULLs | ties | update |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  private static String reference() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (AggregateFunction function : AggregateFunction.values()) {
      text.append("| `").append(function.syntax()).append('`');
      for (String cell :
          new String[] {
            function.meaning(),
            function.result(),
            function.ofNothing(),
            function.nulls(),
            function.ties(),
            function.update().description()
          }) {
        text.append(" | ").append(cell);
      }
      text.append(" |\n");
    }
    return text.toString();
  }

  @Test
  void theReferenceIsThatOfTheCode() throws IOException {
    Golden.check(FILE, reference());
  }
}
