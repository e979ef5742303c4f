package io.orrery.jobtracker.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a Java process of its own, so that its heap is nobody else's. */
final class JavaProcess implements AutoCloseable {

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /**
     * @param heap MiB it may take
     * @param log what it says; begun anew
     * @param arguments for the JVM, and then what it is to run
     */
    static JavaProcess start(int heap, Path log, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(tool("java"));
        command.addAll(List.of("-Xmx%dm".formatted(heap), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Whoever stops the measuring half-way wants nothing left.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new JavaProcess(process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes of all objects that somebody needs. */
    long heap() throws IOException {
        var histogram = new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.class_histogram").start();
        try (var lines = histogram.inputReader()) {
            var total = lines.lines().reduce((former, line) -> line).orElseThrow();
            return Long.parseLong(total.strip().split("\\s+", 4)[2]);
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Asks it to end, as an operator would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
