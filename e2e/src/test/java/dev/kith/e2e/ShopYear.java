package dev.kith.e2e;

import dev.kith.examples.retail.Clickstream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The retail example with every twentieth invoice, and the clicks that belong to those. */
final class ShopYear {

  private static final String EXAMPLE = "/kith/examples/retail/";
  private static final int EACH = 20;

  private ShopYear() {}

  /** Writes the example; nothing has been run. */
  static ProjectFolder write(Path path) throws IOException {
    ProjectFolder project = ProjectFolder.at(path);
    for (String name : new String(resource("files.txt"), StandardCharsets.UTF_8).split("\n")) {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, resource(name));
    }
    project.replace("sources/clicks.yaml", "max_rejected: 1%", "max_rejected: unlimited");
    rewriteSales(project, line -> isOfSample(line) ? line : "");
    Clickstream.generate(sales(project), path.resolve("data/clicks"), Clickstream.DEMO_SEED);
    return project;
  }

  private static boolean isOfSample(String line) {
    String digits = line.substring(0, line.indexOf(',')).replaceAll("[^0-9]", "");
    return !digits.isEmpty() && Integer.parseInt(digits) % EACH == 0;
  }

  /** Changes lines of the sales, other than the first; those that become empty go. */
  static void rewriteSales(ProjectFolder project, UnaryOperator<String> change) throws IOException {
    List<String> lines = read(sales(project));
    List<String> changed = new ArrayList<>(lines.subList(0, 1));
    lines.subList(1, lines.size()).forEach(line -> changed.add(change.apply(line)));
    write(sales(project), changed);
  }

  /** Changes lines of the clicks; those that become empty go. */
  static void rewriteClicks(ProjectFolder project, UnaryOperator<String> change)
      throws IOException {
    try (Stream<Path> files = Files.list(project.path().resolve("data/clicks"))) {
      for (Path file : files.sorted().toList()) {
        write(file, read(file).stream().map(change).toList());
      }
    }
  }

  static List<String> sales(Path project) throws IOException {
    List<String> lines = read(project.resolve("data/online_retail.csv.gz"));
    return lines.subList(1, lines.size());
  }

  private static Path sales(ProjectFolder project) {
    return project.path().resolve("data/online_retail.csv.gz");
  }

  private static List<String> read(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return new ArrayList<>(reader.lines().toList());
    }
  }

  private static void write(Path file, List<String> lines) throws IOException {
    try (BufferedWriter writer =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      for (String line : lines) {
        if (!line.isEmpty()) {
          writer.write(line + "\n");
        }
      }
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = Clickstream.class.getResourceAsStream(EXAMPLE + name)) {
      if (file == null) {
        throw new IllegalStateException("Cannot find in the example: " + name);
      }
      return file.readAllBytes();
    }
  }
}
