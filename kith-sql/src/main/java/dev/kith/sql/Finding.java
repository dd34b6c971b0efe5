package dev.kith.sql;

import dev.kith.model.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * Something in a query that looks at several rows at a time.
 *
 * @param among if it looks only at rows that agree in some values, these values as far as they are
 *     known; nothing if it can't be told
 */
record Finding(String reason, SourceSpan span, Optional<List<InputPart>> among) {

  static Finding unclear(String reason, SourceSpan span) {
    return new Finding(reason, span, Optional.empty());
  }
}
