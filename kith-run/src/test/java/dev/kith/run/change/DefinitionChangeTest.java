package dev.kith.run.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.run.change.Part.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionChangeTest {

  private static final DefinitionParts BEFORE =
      new DefinitionParts(
          List.of(
              new Part(Kind.KEY, "key", "id", "id"),
              new Part(Kind.QUERY, "query", "1", "SELECT id,\n  a AS x,\n  b\nFROM t"),
              new Part(Kind.COLUMN, "id", "1", ""),
              new Part(Kind.COLUMN, "x", "2", ""),
              new Part(Kind.COLUMN, "b", "3", "")));

  @Test
  void whatWentAndCameIsShownLineByLine() {
    DefinitionParts after =
        new DefinitionParts(
            List.of(
                new Part(Kind.KEY, "key", "id, day", "id, day"),
                new Part(Kind.QUERY, "query", "9", "SELECT id,\n    a + 1 AS x,\n  c\nFROM t\n"),
                new Part(Kind.COLUMN, "id", "1", ""),
                new Part(Kind.COLUMN, "x", "9", ""),
                new Part(Kind.COLUMN, "c", "4", "")));

    DefinitionChange change = DefinitionChange.between(BEFORE, after, true);

    assertThat(change.consequence()).isEqualTo(Consequence.NEW_TABLE);
    assertThat(change.columns()).containsExactly("x", "c");
    assertThat(change.summary()).isEqualTo("key, x, c, b; 1 column stays");
    assertThat(change.lines())
        .containsExactly(
            "key: id → id, day", "− a AS x,", "− b", "+ a + 1 AS x,", "+ c", "+ c", "− b");
  }

  @Test
  void onlyColumnsConcernColumnsAndAllElseTheTable() {
    assertThat(changed(new Part(Kind.COLUMN, "x", "9", "")).consequence())
        .isEqualTo(Consequence.COLUMNS);
    assertThat(changed(new Part(Kind.QUERY, "query", "9", "SELECT 1")).consequence())
        .isEqualTo(Consequence.TABLE);
    assertThat(changed(new Part(Kind.OPTION, "files", "9", "\"b.csv\"")).consequence())
        .isEqualTo(Consequence.NEW_ROWS);
  }

  @Test
  void columnsThatMeanTheSameAreUnchangedUnlessAllElseIsNot() {
    List<Part> parts = new ArrayList<>(BEFORE.parts());
    parts.set(3, new Part(Kind.COLUMN, "x", "9", ""));
    parts.add(2, new Part(Kind.COLUMN, "new", "5", ""));

    assertThat(new DefinitionParts(parts).unchangedSince(BEFORE)).containsExactly("id", "b");

    parts.add(new Part(Kind.SETTING, "sample", "0.1", "0.1"));
    assertThat(new DefinitionParts(parts).unchangedSince(BEFORE)).isEmpty();
  }

  @Test
  void whatIsKeptIsReadAgain() {
    assertThat(DefinitionParts.read(BEFORE.json())).contains(BEFORE);
    assertThat(DefinitionParts.read("[[\"OF_A_LATER_VERSION\", \"a\", \"b\", \"c\"]]")).isEmpty();
    assertThat(DefinitionParts.read("no JSON")).isEmpty();
  }

  private static DefinitionChange changed(Part part) {
    List<Part> parts = new ArrayList<>(BEFORE.parts());
    parts.removeIf(old -> old.kind() == part.kind() && old.name().equals(part.name()));
    parts.add(part);
    return DefinitionChange.between(BEFORE, new DefinitionParts(parts), false);
  }
}
