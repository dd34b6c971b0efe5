package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
