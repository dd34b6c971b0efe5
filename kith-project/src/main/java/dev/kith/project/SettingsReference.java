package dev.kith.project;

import dev.kith.project.FileShapes.FileShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The reference of all settings, in Markdown, made of the shapes that files are checked against.
 */
public final class SettingsReference {

  private final StringBuilder out = new StringBuilder();

  private SettingsReference() {}

  /** The text of {@code docs/reference/settings.md}. */
  public static String markdown() {
    SettingsReference reference = new SettingsReference();
    reference.out.append(
        """
        # Settings

        Every key of every file of a project. This page is generated from the code that reads them.

        A project is a folder with a `kith.yaml`. Its definitions are in `sources/`, `tables/`,
        `profiles/` and `datasets/`, one a file; a folder below is a schema: `tables/sales/orders.sql`
        is `sales.orders`. Tests of them are in `tests/`. Names are compared without regard to case. Keys in **bold** must be there.
        Files are UTF-8, YAML 1.2 (`no` is text, not false). `kith schema` writes JSON Schemas for
        editors.
        """);
    FileShapes.ALL.forEach(reference::file);
    return reference.out.toString();
  }

  private void file(FileShape file) {
    out.append("\n## ").append(file.path()).append("\n\n").append(file.doc()).append('\n');
    keys("", file.shape());
  }

  private void keys(String path, Shape.Keyed shape) {
    if (!path.isEmpty()) {
      out.append("\n### `").append(path).append("`\n");
    }
    if (shape.oneOnly()) {
      out.append("\nOne of:\n");
    }
    table(shape, shape.alternatives());
    if (!shape.beside().isEmpty()) {
      out.append("\nBeside it:\n");
      table(
          shape, shape.keys().stream().filter(key -> shape.beside().contains(key.name())).toList());
    }
    Map<String, Shape.Keyed> below = new LinkedHashMap<>();
    for (Key key : shape.keys()) {
      nested(path.isEmpty() ? key.name() : path + "." + key.name(), key.shape(), below);
    }
    below.forEach(this::keys);
  }

  private void table(Shape.Keyed shape, List<Key> keys) {
    out.append("\n| key | value | without it | what it says |\n| --- | --- | --- | --- |\n");
    for (Key key : keys) {
      String name = "`" + key.name() + "`";
      String doc =
          key.standing() == Key.Standing.LATER
              ? key.doc() + " Does nothing in this version yet."
              : key.doc();
      row(
          key.required() && !shape.oneOnly() ? "**" + name + "**" : name,
          value(key.shape()),
          key.assumed().orElse(""),
          doc);
    }
  }

  private void row(String... cells) {
    for (String cell : cells) {
      out.append("| ").append(cell.replace("|", "\\|")).append(cell.isEmpty() ? "" : " ");
    }
    out.append("|\n");
  }

  /** The parts of a shape that need a table of their own, by path. */
  private static void nested(String path, Shape shape, Map<String, Shape.Keyed> found) {
    if (shape instanceof Shape.Keyed keyed) {
      // Two alternatives under one path are told apart by their first key.
      found.put(found.containsKey(path) ? path + ": {" + keyed.names().get(0) + "}" : path, keyed);
    } else if (shape instanceof Shape.Items items) {
      nested(items.alone() ? path : path + "[]", items.element(), found);
    } else if (shape instanceof Shape.Named named) {
      nested(path + "." + placeholder(named), named.value(), found);
    } else if (shape instanceof Shape.Either either) {
      either.shapes().forEach(one -> nested(path, one, found));
    }
  }

  private static String placeholder(Shape.Named named) {
    return named.key() == Format.COLUMN ? "COLUMN" : "NAME";
  }

  private static String value(Shape shape) {
    if (shape instanceof Shape.Choice choice) {
      return choice.words().stream()
          .map(word -> "`" + word + "`")
          .collect(Collectors.joining(", "));
    }
    if (shape instanceof Shape.Items items) {
      return items.alone()
          ? value(items.element()) + "; or a list"
          : "a list: " + value(items.element());
    }
    if (shape instanceof Shape.Named named) {
      return "`" + placeholder(named) + ":` " + value(named.value());
    }
    if (shape instanceof Shape.Keyed) {
      return "keys, below";
    }
    if (shape instanceof Shape.Either either) {
      return either.shapes().stream()
          .map(SettingsReference::value)
          .distinct()
          .collect(Collectors.joining("; or "));
    }
    return shape instanceof Shape.Anything ? "" : shape.expected();
  }
}
