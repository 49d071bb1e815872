import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.connectors.HttpsConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.Version;

/**
 * One Neo4j server that speaks bolt on the loopback address until it is told to stop: java -cp 'lib/*' Server.java HOME
 * PORT [OWNER]. Memory and TLS come from HOME/conf/neo4j.conf; who may connect, and from where, is fixed here. Where
 * OWNER, a process id, is given, the server stops when that process ends, so a killed test run leaves no server behind.
 */
public class Server {
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        try {
            DatabaseManagementService service = start(home, port);
            Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
            System.out.println("ready: Neo4j " + Version.getNeo4jVersion() + " at bolt://127.0.0.1:" + port);
        } catch (Exception failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                System.out.println("failed: " + cause);
            }
            System.exit(1);
        }
        if (arguments.length > 2) {
            ProcessHandle.of(Long.parseLong(arguments[2]))
                    .ifPresentOrElse(owner -> owner.onExit().thenRun(() -> System.exit(0)), () -> System.exit(0));
        }
    }

    private static DatabaseManagementService start(Path home, int port) {
        SocketAddress loopback = new SocketAddress("127.0.0.1", port);
        DatabaseManagementService service = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("conf").resolve("neo4j.conf"))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, loopback)
                .setConfig(BoltConnector.advertised_address, loopback)
                .setConfig(HttpConnector.enabled, false)
                .setConfig(HttpsConnector.enabled, false)
                .build();
        if (!service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME).isAvailable(Duration.ofMinutes(2).toMillis())) {
            throw new IllegalStateException("the database is not available after two minutes");
        }
        return service;
    }
}
