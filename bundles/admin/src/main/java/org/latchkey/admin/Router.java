package org.latchkey.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the routes of a path in one walk over its segments; a literal segment goes before an argument. */
final class Router {

    private final Node root = new Node();

    /**
     * @param routes by method, sorted
     * @param arguments of the path
     */
    record Match(Map<String, Route> routes, List<String> arguments) {

        /** What a client may do here (RFC 9110, 10.2.1). */
        String allow() {
            List<String> methods = new ArrayList<>(routes.keySet());
            if (routes.containsKey("GET")) {
                methods.add("HEAD");
            }
            methods.add("OPTIONS");
            return String.join(", ", methods);
        }
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final List<Node> argument = new ArrayList<>(1);
        final Map<String, Route> routes = new TreeMap<>();
    }

    Router(List<Route> routes) {
        routes.forEach(this::add);
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : route.template().substring(1).split("/")) {
            node = segment.startsWith("{")
                    ? argument(node)
                    : node.literals.computeIfAbsent(segment, name -> new Node());
        }
        if (node.routes.put(route.method(), route) != null) {
            throw new IllegalArgumentException("Two routes for " + route.method() + " " + route.template());
        }
    }

    private static Node argument(Node node) {
        if (node.argument.isEmpty()) {
            node.argument.add(new Node());
        }
        return node.argument.get(0);
    }

    Optional<Match> match(String path) {
        Node node = root;
        List<String> arguments = new ArrayList<>(2);
        for (int start = 1; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            Node next = node.literals.get(segment);
            if (next == null) {
                if (segment.isEmpty() || node.argument.isEmpty()) {
                    return Optional.empty();
                }
                next = node.argument.get(0);
                arguments.add(segment);
            }
            node = next;
            start = end + 1;
        }
        return node.routes.isEmpty() ? Optional.empty() : Optional.of(new Match(node.routes, arguments));
    }
}
