package dev.kith.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server at this machine and cuts connections as it is told: each of the next ones
 * after so many bytes of answers, those behind them never.
 */
final class FlakyServer implements AutoCloseable {

  private final ServerSocket door;
  private final int target;
  private final ConcurrentLinkedQueue<Long> cuts = new ConcurrentLinkedQueue<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private FlakyServer(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  static FlakyServer before(int port) throws IOException {
    FlakyServer server =
        new FlakyServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    inBackground(server::accept);
    return server;
  }

  /** One that takes connections and never says a word. */
  static FlakyServer silent() throws IOException {
    return new FlakyServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), 0);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Cuts the next connections after these numbers of bytes. */
  void cut(long... afterBytes) {
    for (long bytes : afterBytes) {
      cuts.add(bytes);
    }
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        connections.incrementAndGet();
        Long limit = cuts.poll();
        serve(client, limit == null ? Long.MAX_VALUE : limit);
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client, long limit) throws IOException {
    open.add(client);
    if (limit == 0) {
      client.close();
      return;
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(server);
    inBackground(() -> copy(client, server, Long.MAX_VALUE));
    inBackground(() -> copy(server, client, limit));
  }

  private static void copy(Socket from, Socket to, long limit) {
    byte[] buffer = new byte[4096];
    long left = limit;
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
        out.write(buffer, 0, (int) Math.min(read, left));
        left -= read;
      }
    } catch (IOException e) {
      // The other side is gone, and so is this one.
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "flaky-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
