package dev.kith.project;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {

  @Test
  void theReferenceInTheDocumentationIsTheOneOfTheCode() throws IOException {
    Golden.check(Path.of("../docs/reference/settings.md"), SettingsReference.markdown());
  }
}
