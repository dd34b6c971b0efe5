package dev.kith.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryEventTest {

  @Test
  void theDriverOfThisVersionLeavesItOut() {
    assertThat(MemoryEvent.leaveOut()).isTrue();
  }
}
