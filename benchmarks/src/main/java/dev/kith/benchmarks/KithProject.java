package dev.kith.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** A project folder over the benchmark's events. */
final class KithProject {

  /** As many as the orders name. */
  private static final int PRODUCTS = 5_000;

  private final Path folder;
  private String orders = "orders";

  private KithProject(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes a project that has the two sources and nothing else, in place of what was there.
   *
   * @param events the folder of their files, which the project gets a link to
   * @param memory of the whole process, as kith.yaml has it
   */
  static KithProject make(Path folder, Path events, String memory) throws IOException {
    delete(folder);
    Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        folder.resolve("kith.yaml"),
        "kith: 1\nname: bench\ntimezone: UTC\nmemory: " + memory + "\n");
    Files.createSymbolicLink(folder.resolve("data"), events);
    source(folder, "clicks");
    source(folder, "orders");
    return new KithProject(folder);
  }

  Path folder() {
    return folder;
  }

  /** Lets the profile read orders from a table that joins each with its product, an entity. */
  void joinProducts() throws IOException {
    StringBuilder rows = new StringBuilder("product,shelf\n");
    for (int i = 0; i < PRODUCTS; i++) {
      rows.append("P%04d,%d\n".formatted(i, i % 40));
    }
    Files.writeString(folder.resolve("products.csv"), rows);
    Files.writeString(
        folder.resolve("sources").resolve("products.yaml"), resource("products.yaml"));
    Path tables = Files.createDirectories(folder.resolve("tables"));
    Files.writeString(tables.resolve("purchases.sql"), resource("purchases.sql"));
    orders = "purchases";
  }

  /** As {@link #profile(String)}, one that keeps copies of its events by person. */
  void profileWithCopies(String name) throws IOException {
    profile(name);
    Files.writeString(
        folder.resolve("profiles").resolve(name + ".yaml"),
        "as_of_copy: true\n",
        StandardOpenOption.APPEND);
  }

  /** Gives the project the profile under this name, and no other. */
  void profile(String name) throws IOException {
    onlyProfile(
        name, resource("customer.yaml").replace("${NAME}", name).replace("${ORDERS}", orders));
  }

  /** Gives the project a profile of one measure of clicks, and no other. */
  void profileOf(String name, String aggregate) throws IOException {
    onlyProfile(
        name,
        """
        profile: %s
        key: customer_id
        from: {keys_of: [clicks]}
        measures:
          - from: clicks
            over: [7d, 30d, 90d, 365d, ever]
            define:
              c: %s
        """
            .formatted(name, aggregate));
  }

  private void onlyProfile(String name, String text) throws IOException {
    Path profiles = folder.resolve("profiles");
    delete(profiles);
    Files.createDirectories(profiles);
    Files.writeString(profiles.resolve(name + ".yaml"), text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = KithProject.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Cannot find " + name + " beside " + KithProject.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void source(Path folder, String name) throws IOException {
    Files.writeString(
        folder.resolve("sources").resolve(name + ".yaml"),
        "source: %1$s\nkind: events\nat: ts\nfrom: {files: data/%1$s/*.parquet}\n".formatted(name));
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
