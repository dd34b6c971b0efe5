package dev.kith.cli;

import dev.kith.model.KithException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes a project that is kept in a jar, with a {@code files.txt} that lists its files. */
final class ProjectFolder {

  private ProjectFolder() {}

  /**
   * Copies all files into a new or empty folder, and the schemas for editors into {@code
   * .kith/schemas}.
   *
   * @param anchor a class whose loader finds the resources
   * @param root the resources' folder, absolute and without a slash at its end
   */
  static void write(Path folder, Class<?> anchor, String root) {
    if (!isFree(folder)) {
      throw KithException.usage(
              CliCode.FOLDER_IN_USE,
              folder.toString(),
              "Cannot write into a folder in use: " + folder)
          .withHelp("name a new one, or remove it");
    }
    try {
      for (String file : list(anchor, root + "/files.txt")) {
        // Build tools leave a .gitignore out of jars, so it is kept there without its dot.
        Path target = folder.resolve(file.equals("gitignore") ? ".gitignore" : file);
        Files.createDirectories(target.getParent());
        try (InputStream in = resource(anchor, root + "/" + file)) {
          Files.copy(in, target);
        }
      }
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE,
          folder.toString(),
          "Cannot write the project: " + e.getMessage(),
          e);
    }
    EditorSchemas.refresh(folder);
  }

  private static boolean isFree(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> list(Class<?> anchor, String resource) throws IOException {
    try (InputStream in = resource(anchor, resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  private static InputStream resource(Class<?> anchor, String name) throws IOException {
    InputStream in = anchor.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("Cannot find in the program: " + name);
    }
    return in;
  }
}
