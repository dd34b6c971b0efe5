package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.LineageSettings;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.ProjectSettings.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  @Test
  void variablesStandForTheirValuesInConnectionsAndWarehouse() {
    Project project = project(SECRET);

    Connection shop =
        Optional.ofNullable(project.settings().connections().get("shop")).orElseThrow();
    assertThat(shop.url()).isEqualTo("jdbc:postgresql://hunter2/hunter2");
    assertThat(shop.user()).hasValue("u-hunter2");
    assertThat(shop.password().map(Secret::reveal)).hasValue(SECRET);
    assertThat(shop.options()).containsEntry("token", SECRET);
    assertThat(shop.driver()).containsExactly("hunter2.jar");
    assertThat(project.settings().warehouse()).isEqualTo("/data/hunter2");
  }

  @Test
  void variablesStandForTheirValuesWhereLineageIsTold() {
    TestProject project =
        TestProject.in(folder)
            .with(
                "kith.yaml",
                """
                kith: 1
                name: test
                lineage: {url: "https://catalogue/${TOKEN}", token: "${TOKEN}"}
                """)
            .withVariable("TOKEN", SECRET);

    LineageSettings lineage = project.project().settings().lineage().orElseThrow();

    assertThat(lineage.target())
        .isInstanceOfSatisfying(
            LineageSettings.Target.ToEndpoint.class,
            endpoint -> {
              assertThat(endpoint.url()).isEqualTo("https://catalogue/hunter2");
              assertThat(endpoint.token().map(Secret::reveal)).hasValue(SECRET);
            });
    assertThat(project.project().toString()).doesNotContain(SECRET);
  }

  @Test
  void noMessageAboutLineageHoldsASecret() {
    TestProject project =
        TestProject.in(folder)
            .with(
                "kith.yaml",
                """
                kith: 1
                name: test
                lineage: {url: "${TOKEN}", tokn: "${TOKEN}", namespace: "${MISSING}"}
                """)
            .withVariable("TOKEN", SECRET);

    assertThat(project.diagnostics()).isNotEmpty();
    assertThat(project.read().toString()).doesNotContain(SECRET);
  }

  @Test
  void aValueIsTakenAsItIs() {
    Project project = project("a$1\\${X} \"':{}#");

    Connection shop =
        Optional.ofNullable(project.settings().connections().get("shop")).orElseThrow();
    assertThat(shop.password().map(Secret::reveal)).hasValue("a$1\\${X} \"':{}#");
  }

  @Test
  void noTextOfTheModelHoldsASecret() {
    Project project = project(SECRET);

    assertThat(project.toString()).contains("shop").doesNotContain(SECRET);
  }

  @Test
  void noMessageHoldsASecret() {
    TestProject project =
        TestProject.in(folder)
            .with(
                "kith.yaml",
                """
                kith: 1
                name: test
                memory: lots
                warehouse: ${PASSWORD}/${MISSING}
                connections: {shop: {url: "${PASSWORD}", usr: "${PASSWORD}"}}
                """)
            .withVariable("PASSWORD", SECRET);

    assertThat(project.diagnostics()).hasSize(3);
    assertThat(project.read().toString()).doesNotContain(SECRET);
  }

  @Test
  void nothingElseIsReplaced() {
    TestProject project =
        TestProject.in(folder)
            .with("sources/a.yaml", "source: a\nkind: events\nat: ${T}\nfrom: {files: \"${F}\"}\n")
            .withVariable("T", SECRET);

    assertThat(project.project().sources().get(0).at().map(Object::toString)).hasValue("${T}");
  }

  private Project project(String secret) {
    return TestProject.in(folder)
        .with(
            "kith.yaml",
            """
            kith: 1
            name: test
            warehouse: /data/${SECRET}
            connections:
              shop:
                url: jdbc:postgresql://${SECRET}/${SECRET}
                user: u-${SECRET}
                password: ${SECRET}
                options: {token: "${SECRET}"}
                driver: "${SECRET}.jar"
            """)
        .withVariable("SECRET", secret)
        .project();
  }
}
