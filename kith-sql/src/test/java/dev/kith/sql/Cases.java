package dev.kith.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of SQL that is cut into cases by lines that begin with {@code --#}. */
record Cases(String preface, List<Case> all) {

  /**
   * @param head what stands after {@code --#}
   * @param sql without the lines that begin with {@code -->}, and without the last line end
   */
  record Case(String head, String sql) {}

  static Cases read(Path file) throws IOException {
    String[] parts = ("\n" + Files.readString(file)).split("\n--#");
    List<Case> cases = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      int newline = parts[i].indexOf('\n');
      String sql =
          String.join(
              "\n",
              parts[i].substring(newline + 1).lines().filter(l -> !l.startsWith("-->")).toList());
      cases.add(new Case(parts[i].substring(0, newline).strip(), sql));
    }
    return new Cases(parts[0].strip() + "\n", cases);
  }
}
