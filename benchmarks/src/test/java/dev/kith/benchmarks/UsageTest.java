package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void readsWhatTheKernelWrites() {
    String text =
        """
        4242 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 1234 66 99 98 20 0 31 0
        Name:\tjava
        VmPeak:\t  9000 kB
        VmHWM:\t  2048 kB
        VmRSS:\t  1000 kB
        rchar: 12345
        wchar: 678
        read_bytes: 1
        write_bytes: 2
        """;

    assertThat(Usage.parse(text)).isEqualTo(new Usage(13.0, 2_097_152, 12_345, 678));
  }
}
