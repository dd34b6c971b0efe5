package dev.kith.sources;

import java.nio.file.*;
import java.time.*;
import java.util.*;
import dev.kith.engine.*;

final class Throughput {
  public static void main(String[] a) throws Exception {
    Path dir = Files.createTempDirectory("thr");
    try (Bench b = new Bench(dir)) {
      StringBuilder t = new StringBuilder("id,at,customer,product,quantity,price,country,paid\n");
      Random r = new Random(1);
      int n = 1_000_000;
      for (int i = 0; i < n; i++) t.append(i).append(",2024-0").append(1 + i / 200000).append("-0").append(1+r.nextInt(9)).append(" 10:").append(10+r.nextInt(50)).append(":00,").append(r.nextInt(100000)).append(",product ").append(r.nextInt(1000)).append(',').append(r.nextInt(100)).append(',').append(r.nextInt(1000)/100.0).append(",Country").append(r.nextInt(30)).append(",true\n");
      for (int k = 0; k < 3; k++) {
        b.file("a" + k + ".csv", t.toString());
        var bean = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long c = bean.getProcessCpuTime(); long w = System.nanoTime();
        b.run(Definitions.events("a" + k + ".csv").at("at").build("csv" + k));
        System.out.printf("csv wall %.2f cpu %.2f  %.0f rows/cpu-s%n", (System.nanoTime()-w)/1e9, (bean.getProcessCpuTime()-c)/1e9, n/((bean.getProcessCpuTime()-c)/1e9));
      }
      String q = "SELECT (random()*250000)::BIGINT AS customer_id, TIMESTAMP '2024-01-01' + to_seconds((i * 2)::BIGINT) AS ts, 'https://shop/' || (i % 5000) AS url, ['a','b','c',NULL][1 + i % 4] AS category, (i % 300)::INT AS dwell FROM range(5000000) t(i)";
      b.session().export(q, dir.resolve("c.parquet"), ExportFormat.PARQUET);
      for (int k = 0; k < 3; k++) {
        var bean = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long c = bean.getProcessCpuTime(); long w = System.nanoTime();
        b.session().bindFiles("pp", List.of(dir.resolve("c.parquet")));
        b.session().export("SELECT customer_id, ts, url, category, dwell FROM pp", dir.resolve("out.parquet"), ExportFormat.PARQUET);
        System.out.printf("copy wall %.2f cpu %.2f%n", (System.nanoTime()-w)/1e9, (bean.getProcessCpuTime()-c)/1e9);
        c = bean.getProcessCpuTime(); w = System.nanoTime();
        b.run(Definitions.events("c.parquet").at("ts").zone("UTC").build("pq" + k));
        System.out.printf("ingest wall %.2f cpu %.2f%n", (System.nanoTime()-w)/1e9, (bean.getProcessCpuTime()-c)/1e9);
      }
    }
  }
}
