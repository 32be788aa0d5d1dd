// SPDX-License-Identifier: MIT
// The service: says hello and which version it is, on the address and port it is given.
using System.Net;
using System.Text;

public static class Hello {
  public static void Main(string[] arguments) {
    var answer = Encoding.UTF8.GetBytes("hello " + arguments[2] + "\n");
    var listener = new HttpListener();
    listener.Prefixes.Add("http://" + arguments[0] + ":" + arguments[1] + "/health/");
    listener.Start();
    while (true) {
      var response = listener.GetContext().Response;
      response.StatusCode = 200;
      response.OutputStream.Write(answer, 0, answer.Length);
      response.Close();
    }
  }
}
