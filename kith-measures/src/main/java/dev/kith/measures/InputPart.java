package dev.kith.measures;

import java.util.List;
import java.util.Optional;

/**
 * Some of an input's rows, none of which is in another part.
 *
 * @param rows a query for them
 * @param keys a query whose rows say whose they are: if it has none, there are none, which an
 *     engine may find out too late to read nothing
 */
public record InputPart(String rows, Optional<String> keys) {

  /** The rows of parts. */
  public static String together(List<InputPart> parts) {
    return String.join("\n  UNION ALL ", parts.stream().map(InputPart::rows).toList());
  }

  /** A query with the columns of the rows, and no row. */
  public String none() {
    return "SELECT * FROM (" + rows + ") AS n WHERE FALSE";
  }
}
