using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
    services = [(name = "main", worker = .worker), (name = "network", network = (allow = ["private", "public", "local"]))],
    sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.bundle.mjs")],
    bindings = [(name = "SERVICES", fromEnvironment = "SERVICES")],
    compatibilityDate = "2026-11-01",
    globalOutbound = "network",
);
