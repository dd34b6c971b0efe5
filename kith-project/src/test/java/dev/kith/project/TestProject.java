package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.definition.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project in a temporary folder, written by a test. */
record TestProject(Path folder, Map<String, String> environment) {

  static TestProject in(Path folder) {
    return new TestProject(folder, Map.of()).with("kith.yaml", "kith: 1\nname: test\n");
  }

  TestProject with(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  TestProject withVariable(String name, String value) {
    return new TestProject(folder, Map.of(name, value));
  }

  ReadResult read() {
    return ProjectReader.read(folder, name -> Optional.ofNullable(environment.get(name)));
  }

  Project project() {
    return read().orThrow();
  }

  List<String> diagnostics() {
    return read().diagnostics().stream().map(Diagnostic::toString).toList();
  }
}
