package dev.kith.run.openlineage;

import dev.kith.model.definition.LineageSettings.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Posts each event to an HTTP endpoint. */
final class EndpointSink implements EventSink {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Target.ToEndpoint endpoint;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  EndpointSink(Target.ToEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void send(String event) throws IOException, InterruptedException {
    HttpResponse<Void> response = client.send(request(event), BodyHandlers.discarding());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("the endpoint answered " + response.statusCode());
    }
  }

  private HttpRequest request(String event) throws IOException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(endpoint.url()))
              .timeout(ANSWER)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(event));
      endpoint
          .token()
          .ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new IOException("the url or the token cannot be used"); // its text may hold a secret
    }
  }
}
