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
   * @param expected what stands after {@code -->}, line by line
   */
  record Case(String head, String sql, List<String> expected) {}

  static Cases read(Path file) throws IOException {
    String[] parts = ("\n" + Files.readString(file)).split("\n--#");
    List<Case> cases = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      int newline = parts[i].indexOf('\n');
      List<String> lines = parts[i].substring(newline + 1).lines().toList();
      String sql = String.join("\n", lines.stream().filter(l -> !l.startsWith("-->")).toList());
      List<String> expected =
          lines.stream().filter(l -> l.startsWith("-->")).map(l -> l.substring(3).strip()).toList();
      cases.add(new Case(parts[i].substring(0, newline).strip(), sql, expected));
    }
    return new Cases(parts[0].strip() + "\n", cases);
  }
}
