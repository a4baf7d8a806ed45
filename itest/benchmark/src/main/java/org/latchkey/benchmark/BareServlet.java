package org.latchkey.benchmark;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The reference: Jetty with one servlet that answers with an entity's JSON without looking anything up. */
public final class BareServlet {

    private BareServlet() {}

    /** Takes the port. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Answer()), "/*");
        server.setHandler(context);
        server.start();
        System.out.println("ready");
        server.join();
    }

    private static final class Answer extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private static final byte[] BODY = ("{\"id\":\"alice\",\"number\":1000,\"locked\":false,\"has_secret\":true,"
                        + "\"meta\":{\"display_name\":\"Alice\",\"shell\":\"/bin/sh\"},\"groups\":[\"staff\"],"
                        + "\"capabilities\":[],\"kv\":{},\"version\":3}")
                .getBytes(StandardCharsets.UTF_8);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            answer(response);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            answer(response);
        }

        private static void answer(HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }
}
