// SPDX-License-Identifier: MIT
// The service: says hello and which version it is, on the address and port it is given.
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public final class Hello {
  public static void main(String[] arguments) throws Exception {
    var address = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    var answer = ("hello " + arguments[2] + "\n").getBytes(StandardCharsets.UTF_8);
    var server = HttpServer.create(address, 0);
    server.createContext("/health", exchange -> {
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
  }
}
