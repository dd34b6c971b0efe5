package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is documented is read, and what is read is documented. */
class ShapesTest {

  private static final ProjectFile FILE =
      new ProjectFile(ProjectFile.Kind.SOURCE, "x", TableName.of("x"), "SELECT 1");

  @Test
  void readersAskForEveryKeyOfTheirShape() {
    Problems problems = new Problems();
    Set<String> asked = new TreeSet<>();
    for (FileShapes.FileShape file : FileShapes.ALL) {
      // One value of each alternative of a shape reaches every reader below it.
      for (int alternative = 0; alternative < 3; alternative++) {
        Part part = Part.of(Everything.of(file.shape(), alternative), file.shape());
        read(file.name(), part, problems);
        asked.addAll(part.asked());
      }
    }

    Set<String> documented = new TreeSet<>();
    FileShapes.ALL.forEach(file -> keys(file.shape(), documented));
    assertThat(asked).isEqualTo(documented);
  }

  private static void read(String kind, Part part, Problems problems) {
    switch (kind) {
      case "project" ->
          new ProjectSettingsReader(
                  new Environment(name -> Optional.of(""), problems), "name", problems)
              .read(part);
      case "source" -> new SourceReader(problems, ZoneId.of("UTC")).read(FILE, part);
      case "table" ->
          new TableReader(problems).read(FILE, new Located<>("SELECT 1", FILE.start()), part);
      case "test" -> new TestReader(problems, ZoneId.of("UTC")).read(FILE, part);
      case "dataset" -> new DatasetReader(problems, ZoneId.of("UTC")).read(FILE, part);
      default -> new ProfileReader(problems).read(FILE, part);
    }
  }

  private static void keys(Shape shape, Set<String> keys) {
    if (shape instanceof Shape.Keyed keyed) {
      for (Key key : keyed.keys()) {
        if (key.standing() == Key.Standing.USED) {
          keys.add(keyed.title() + "." + key.name());
        }
        keys(key.shape(), keys);
      }
    } else if (shape instanceof Shape.Items items) {
      keys(items.element(), keys);
    } else if (shape instanceof Shape.Named named) {
      keys(named.value(), keys);
    } else if (shape instanceof Shape.Either either) {
      either.shapes().forEach(one -> keys(one, keys));
    }
  }
}
