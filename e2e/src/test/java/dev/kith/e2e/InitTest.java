package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kith init} writes works as it says, in Kith and in an editor. */
class InitTest {

  private static final Pattern SCHEMA = Pattern.compile("^# yaml-language-server: \\$schema=(.+)");

  @TempDir Path temporary;

  @Test
  void theCommandsThatItNamesWork() {
    KithCommand kith = KithCommand.in(temporary);
    assertThat(kith.succeed("init", "shop").out()).contains("kith run", "kith show customer 2");

    KithCommand shop = KithCommand.in(temporary.resolve("shop"));
    assertThat(shop.succeed("validate").out())
        .isEqualToIgnoringNewLines("valid: 2 sources, 1 table, 1 profile, 2 tests");
    assertThat(shop.succeed("run").out()).contains("Published release 1");
    assertThat(shop.succeed("show", "customer", "2").out()).contains("favourite_product");
  }

  @Test
  void itsFilesNameSchemasThatAreThere() throws IOException {
    KithCommand.in(temporary).succeed("init", "shop");
    Path shop = temporary.resolve("shop");
    List<Path> definitions;
    try (Stream<Path> files = Files.walk(shop)) {
      definitions = files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    assertThat(definitions).hasSize(5);
    for (Path definition : definitions) {
      assertThat(schemaOf(definition)).isRegularFile();
    }

    // As in a clone: git does not keep .kith.
    Path schema = schemaOf(shop.resolve("kith.yaml"));
    Files.delete(schema);
    KithCommand.in(shop).succeed("validate");
    assertThat(schema).isRegularFile();
  }

  private static Path schemaOf(Path definition) throws IOException {
    Matcher first = SCHEMA.matcher(Files.readAllLines(definition).get(0));
    assertThat(first.find()).as("a schema in the first line of %s", definition).isTrue();
    return definition.resolveSibling(first.group(1)).normalize();
  }

  @Test
  void aFolderInUseIsLeftAlone() throws IOException {
    Files.writeString(temporary.resolve("notes.txt"), "mine");

    Outcome outcome = KithCommand.in(temporary).run("init");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("error[C002]").contains("name a new one");
    assertThat(temporary).isDirectoryContaining("glob:**notes.txt");
    assertThat(temporary.resolve("kith.yaml")).doesNotExist();
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    Outcome outcome = KithCommand.in(temporary).run();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage: kith").contains("init").contains("run");
  }
}
