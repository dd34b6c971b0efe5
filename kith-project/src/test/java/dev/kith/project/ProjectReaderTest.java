package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.Diagnostic;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {

  @Test
  void readsTheExamplesOfTheDesign() {
    ReadResult result =
        ProjectReader.read(
            Path.of("../fixtures/valid/design"), name -> Optional.of("value of " + name));

    assertThat(result.diagnostics())
        .singleElement()
        .hasToString(
            "profiles/customer.yaml:26:1: warning[P022]:"
                + " 'recommendations' does nothing in this version of Kith");
    assertThat(result.orThrow().definitions().map(one -> one.name().toString()))
        .containsExactly(
            "clicks",
            "customers",
            "online_retail",
            "orders",
            "plain",
            "sales.daily",
            "customer",
            "visitor");
  }

  @Test
  void readsTheRetailExampleWithoutAComplaint() {
    ReadResult result =
        ProjectReader.read(
            Path.of("../examples/retail/src/main/resources/kith/examples/retail"),
            name -> Optional.empty());

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.orThrow().sources()).isNotEmpty();
    assertThat(result.orThrow().tables()).isNotEmpty();
  }

  @Test
  void readsWhatIsSoundBesideWhatIsBroken(@TempDir Path folder) {
    ReadResult result =
        TestProject.in(folder)
            .with("sources/good.yaml", "source: good\nkind: events\nat: t\nfrom: {files: x.csv}\n")
            .with("sources/bad.yaml", "source: bad\n")
            .with(
                "profiles/p.yaml",
                "profile: p\nkey: k\nfrom: bad\nmeasures: [{from: bad_history, define: {n: count(*)}}]\n")
            .read();

    assertThat(result.diagnostics())
        .extracting(one -> one.span().file())
        .containsOnly("sources/bad.yaml");
    assertThat(result.broken()).containsExactly(TableName.of("bad"));
    assertThat(result.project().orElseThrow().definitions().map(one -> one.name().toString()))
        .containsExactly("good", "p");
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(ProjectFaultException.class)
        .hasMessageContaining("sources/bad.yaml:1:1: error[P005]");
  }

  @Test
  void aFolderThatIsNotThereIsNoProject(@TempDir Path folder) {
    ReadResult result = ProjectReader.read(folder.resolve("nowhere"), name -> Optional.empty());

    assertThat(result.project()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(ProjectCode.NO_PROJECT);
  }

  @Test
  void faultyDefinitionsAreReportedBesideFaultySettings(@TempDir Path folder) {
    ReadResult result =
        TestProject.in(folder)
            .with("kith.yaml", "kith: 1\nname: test\nconnections: {shop: {}}\n")
            .with(
                "sources/a.yaml",
                "source: a\nkind: entity\nkey: k\nfrom: {connection: shop, table: t}\nfoo: bar\n")
            .read();

    assertThat(result.project()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(ProjectCode.MISSING_KEY, ProjectCode.UNKNOWN_KEY);
  }

  @Test
  void aFileThatCannotBeReadStillDefinesItsName(@TempDir Path folder) throws IOException {
    TestProject project =
        TestProject.in(folder)
            .with("profiles/p.yaml", "profile: p\nkey: k\nfrom: {keys_of: latin}\n")
            .with("sources/latin.yaml", "");
    Files.write(folder.resolve("sources/latin.yaml"), new byte[] {'#', (byte) 0xE9, '\n'});

    assertThat(project.diagnostics())
        .containsExactly(
            "sources/latin.yaml:1:2: error[P023]: the file is not UTF-8\n"
                + "  help: save it in the encoding UTF-8");
    assertThat(project.read().broken()).containsExactly(TableName.of("latin"));
  }
}
