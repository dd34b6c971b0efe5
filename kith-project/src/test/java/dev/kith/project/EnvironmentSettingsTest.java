package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.EnvironmentSettings;
import dev.kith.model.definition.EnvironmentSettings.Sample;
import dev.kith.model.definition.ProjectSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kith.yaml says of environments, to those who work in one and to those who do not. */
class EnvironmentSettingsTest {

  private static final String SETTINGS =
      """
      kith: 1
      name: shop
      timezone: Europe/London
      connections:
        shop: {url: "jdbc:postgresql://db.example/shop", password: "${PRODUCTION}"}
        stock: {url: "jdbc:postgresql://db.example/stock"}
      environments:
        staging:
        dev:
          connections:
            shop: {url: "jdbc:postgresql://test.example/shop", password: "${TEST}"}
          sample: {share: 5%, by: customer_id}
          expires: 2w
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("kith.yaml"), SETTINGS);
  }

  @Test
  void productionDiffersInNothingAndNeedsNoVariableOfOthers() {
    ProjectSettings settings = settings("prod", Map.of("PRODUCTION", "p"));

    assertThat(settings.environment()).isEqualTo(EnvironmentSettings.of("prod"));
    assertThat(settings.environment().isProduction()).isTrue();
    assertThat(connection(settings, "shop").url()).contains("db.example");
  }

  @Test
  void environmentsReplaceConnectionsAndNeedNoVariableOfThose() {
    ProjectSettings settings = settings("dev", Map.of("TEST", "t"));

    assertThat(settings.environment().connections()).containsExactly("shop");
    assertThat(settings.environment().sample()).contains(new Sample(0.05, "customer_id"));
    assertThat(connection(settings, "shop").url()).contains("test.example");
    assertThat(connection(settings, "shop").password().orElseThrow().reveal()).isEqualTo("t");
    assertThat(connection(settings, "stock").url()).contains("db.example");
  }

  @Test
  void environmentsExpireByTheCalendar() {
    EnvironmentSettings dev = settings("dev", Map.of("TEST", "t")).environment();

    assertThat(dev.expiry(Instant.parse("2026-03-25T12:00:00Z"), ZoneId.of("Europe/London")))
        .isEqualTo(Instant.parse("2026-04-08T11:00:00Z"));
  }

  @Test
  void thoseThatAreNotWrittenDifferInNothing() {
    for (String name : new String[] {"staging", "feature-x"}) {
      assertThat(settings(name, Map.of("PRODUCTION", "p")).environment())
          .isEqualTo(EnvironmentSettings.of(name));
    }
  }

  @Test
  void onlyConnectionsOfTheProjectCanBeReplaced() throws Exception {
    Files.writeString(
        folder.resolve("kith.yaml"),
        SETTINGS.replace(
            "shop: {url: \"jdbc:postgresql://test", "shpo: {url: \"jdbc:postgresql://test"));

    assertThat(ProjectReader.read(folder, Optional::of).diagnostics())
        .singleElement()
        .asString()
        .startsWith("kith.yaml:11:7: error[P014]: no connection 'shpo' to replace");
  }

  private ProjectSettings settings(String environment, Map<String, String> variables) {
    return ProjectReader.read(folder, name -> Optional.ofNullable(variables.get(name)), environment)
        .orThrow()
        .settings();
  }

  private static ProjectSettings.Connection connection(ProjectSettings settings, String name) {
    return Objects.requireNonNull(settings.connections().get(name));
  }
}
