package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import dev.kith.run.RunOptions;
import dev.kith.run.event.RunEvent;
import dev.kith.run.fault.RunCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners hear how far a statement is, if that is asked for. */
class WatchedRunTest {

  private static final String LONG =
      "SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1\n";

  @TempDir Path temporary;

  @Test
  void aListenerHearsHowFarALongStatementIs() throws IOException {
    Path folder = Shop.write(temporary.resolve("shop"));
    Files.createDirectories(folder.resolve("tables"));
    Files.writeString(folder.resolve("tables/endless.sql"), LONG);
    List<Double> heard = new ArrayList<>();
    try (Kith kith = Kith.open(folder)) {
      CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(kith::stop);
      assertThatThrownBy(
              () ->
                  kith.run(
                      RunOptions.DEFAULT.watched(true),
                      event -> {
                        if (event instanceof RunEvent.Progress progress
                            && progress.table().name().equals("endless")
                            && progress.fraction() >= 0) {
                          heard.add(progress.fraction());
                          kith.stop();
                        }
                      }))
          .isInstanceOfSatisfying(
              KithException.class, fault -> assertThat(fault.code()).isEqualTo(RunCode.STOPPED));
    }
    assertThat(heard).isNotEmpty().allMatch(fraction -> fraction <= 1);
  }
}
