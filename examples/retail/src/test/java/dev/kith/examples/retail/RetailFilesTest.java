package dev.kith.examples.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RetailFilesTest {

  /** A jar can't be listed from inside, so the copier goes by this list. */
  @Test
  void filesTxtListsEveryFile() throws IOException {
    Path folder = RetailFiles.folder();
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> present =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.equals("files.txt"))
              .sorted()
              .toList();
      assertThat(Files.readAllLines(folder.resolve("files.txt"))).isEqualTo(present);
    }
  }

  /** The data set's published counts: it is what it says it is. */
  @Test
  void salesAreTheOnlineRetailDataSet() throws IOException {
    int lines = 0;
    int cancelled = 0;
    int withoutCustomer = 0;
    Set<String> distinct = new HashSet<>();
    Set<String> invoices = new HashSet<>();
    Set<String> customers = new HashSet<>();
    try (BufferedReader reader = Sales.reader(RetailFiles.sales())) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        List<String> fields = CsvLine.split(line);
        assertThat(fields).as(line).hasSize(8);
        lines++;
        distinct.add(line);
        invoices.add(fields.get(0));
        cancelled += fields.get(0).startsWith("C") ? 1 : 0;
        withoutCustomer += fields.get(6).isEmpty() ? 1 : 0;
        if (!fields.get(6).isEmpty()) {
          customers.add(fields.get(6));
        }
      }
    }
    assertThat(lines).isEqualTo(541_909);
    assertThat(invoices).hasSize(25_900);
    assertThat(customers).hasSize(4_372);
    assertThat(cancelled).isEqualTo(9_288);
    assertThat(withoutCustomer).isEqualTo(135_080);
    assertThat(lines - distinct.size()).isEqualTo(5_268);
  }
}
