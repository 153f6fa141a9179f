import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Runs a script of Flink SQL in one process: two slots, object reuse, state on the heap. The last statement is the INSERT that is measured,
 * from all of its tasks running to the end of the job. Arguments: script events|latest restPort [key=value …]. With {@code latest} it ends with
 * its standard input.
 */
public final class FlinkSql {
  private static final Pattern WAITING = Pattern.compile("\"status\":\"(CREATED|SCHEDULED|DEPLOYING|INITIALIZING)\"");
  private static final Pattern RUNNING = Pattern.compile("\"status\":\"(RUNNING|FINISHED)\"");

  public static void main(String[] a) throws Exception {
    Configuration c = new Configuration();
    c.setString("parallelism.default", "2");
    c.setString("pipeline.object-reuse", "true");
    c.setString("taskmanager.numberOfTaskSlots", "2");
    c.setString("taskmanager.memory.network.min", "256mb");
    c.setString("taskmanager.memory.network.max", "256mb");
    c.setString("taskmanager.memory.managed.size", "512mb");
    for (String host : List.of("rest.bind-address", "rest.address", "jobmanager.bind-host", "taskmanager.bind-host", "taskmanager.host"))
      c.setString(host, "127.0.0.1");
    c.setString("rest.bind-port", a[2]);
    for (int i = 3; i < a.length; i++) {
      int at = a[i].indexOf('=');
      c.setString(a[i].substring(0, at), a[i].substring(at + 1));
    }
    TableEnvironment t = TableEnvironment.create(EnvironmentSettings.newInstance().inStreamingMode().withConfiguration(c).build());
    List<String> statements = new ArrayList<>();
    for (String s : Files.readString(Path.of(a[0])).replaceAll("(?m)--.*$", "").split(";")) if (!s.isBlank()) statements.add(s.strip());
    for (String s : statements.subList(0, statements.size() - 1)) t.executeSql(s);
    JobClient job = t.executeSql(statements.get(statements.size() - 1)).getJobClient().orElseThrow();
    long running = whenRunning(job, a[2]);
    if (a[1].equals("latest")) {
      System.out.println("READY");
      while (System.in.read() >= 0) { }
      job.cancel().get();
    } else {
      job.getJobExecutionResult().get();
      System.out.printf("RESULT {\"events\":%s,\"wallMs\":%d}%n", a[1], System.currentTimeMillis() - running);
    }
    System.exit(0);
  }

  /** Polls the job until each of its tasks runs, or has run. */
  private static long whenRunning(JobClient job, String port) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jobs/" + job.getJobID())).build();
    for (;;) {
      String body = http.send(ask, HttpResponse.BodyHandlers.ofString()).body();
      Matcher running = RUNNING.matcher(body);
      if (!WAITING.matcher(body).find() && running.find()) return System.currentTimeMillis();
      Thread.sleep(20);
    }
  }
}
