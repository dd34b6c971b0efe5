package dev.kith.sql;

import java.util.ArrayList;
import java.util.List;

/** SQL made from an original by putting text before it and in place of parts of it. */
final class Rendering {

  /** From {@code rendered} on, the text is the original's from {@code original} on. */
  private record Piece(int rendered, int original, boolean copied) {}

  private final StringBuilder sql;
  private final List<Piece> pieces = new ArrayList<>();

  Rendering(String prefix) {
    this.sql = new StringBuilder(prefix);
  }

  void copy(String text, int from, int to) {
    pieces.add(new Piece(sql.length(), from, true));
    sql.append(text, from, to);
  }

  void replace(String replacement, int original) {
    pieces.add(new Piece(sql.length(), original, false));
    sql.append(replacement);
  }

  /** Of the original, the character that a UTF-8 byte of this came from. */
  int originalIndex(long byteOffset) {
    int index = SqlText.indexOfByte(sql.toString(), byteOffset);
    int original = 0;
    for (Piece piece : pieces) {
      if (piece.rendered <= index) {
        original = piece.copied ? piece.original + index - piece.rendered : piece.original;
      }
    }
    return original;
  }

  String sql() {
    return sql.toString();
  }
}
