using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderIssues.Client;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>A receiver that the page on events shows, as it runs.</summary>
internal interface IPageReceiver : IAsyncDisposable
{
    Uri Address { get; }

    /// <summary>Lines that it has printed.</summary>
    IReadOnlyCollection<string> Printed { get; }
}

/// <summary>Receiver as a process of its own.</summary>
internal sealed class ReceiverProcess : IPageReceiver
{
    private const string Client = "clients/typescript";
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Compiled = new();
    private readonly ConcurrentQueue<string> printed = new();
    private readonly TemporaryFolder folder;
    private readonly Process process;
    private readonly string? port;
    private readonly Task drained;

    private ReceiverProcess(TemporaryFolder folder, Process process, string? port)
    {
        (this.folder, this.process, this.port) = (folder, process, port);
        drained = DrainAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{port}");

    public IReadOnlyCollection<string> Printed => printed;

    public static Task<IPageReceiver> StartPythonAsync(string code, string secret)
    {
        Tools.Require("python3");
        return StartAsync(code, secret, "python3", "receiver.py", (
            """ThreadingHTTPServer(("", 8080), Receiver).serve_forever()""",
            """
            server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
            print(server.server_port, flush=True)
            server.serve_forever()
            """));
    }

    /// <summary>Runs it on Node.</summary>
    public static async Task<IPageReceiver> StartTypeScriptAsync(string code, string secret)
    {
        await NodeProject.RequireAsync(Client);
        var compiled = await Compiled.GetOrAdd(code, text => new Lazy<Task<string>>(() => CompileAsync(text))).Value;
        return await StartAsync(
            compiled, secret, "node", "receiver.mjs", ("listen(8080)", """listen(0, "127.0.0.1", function () { console.log(this.address().port); })"""));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await drained;
        process.Dispose();
        folder.Dispose();
    }

    /// <summary>Runs it on a free port, which it prints first.</summary>
    private static async Task<IPageReceiver> StartAsync(
        string code, string secret, string program, string name, (string OnShownPort, string OnFreePort) listening)
    {
        Assert.That(code, Does.Contain(listening.OnShownPort));
        var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(file, code.Replace(listening.OnShownPort, listening.OnFreePort, StringComparison.Ordinal));
        var process = Process.Start(new ProcessStartInfo(program, [file])
        {
            RedirectStandardOutput = true,
            Environment = { ["WEBHOOK_SECRET"] = secret },
        })!;
        return new ReceiverProcess(folder, process, await process.StandardOutput.ReadLineAsync());
    }

    private async Task DrainAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Enqueue(line);
        }
    }

    /// <summary>Checks the types, and makes one module of it and of the client.</summary>
    private static async Task<string> CompileAsync(string code)
    {
        using var folder = new TemporaryFolder();
        var client = Path.Combine(Repository.Root, Client);
        var file = Path.Combine(folder.Path, "receiver.mts");
        var project = Path.Combine(folder.Path, "tsconfig.json");
        await File.WriteAllTextAsync(file, code);
        await File.WriteAllTextAsync(project, $$"""
            {
                "extends": "{{client}}/tsconfig.json",
                "compilerOptions": {
                    "noEmit": true, "rootDir": "/", "types": ["node"], "typeRoots": ["{{client}}/node_modules/@types"],
                    "paths": { "@order-issue/client": ["{{client}}/src/index.ts"] }
                },
                "include": ["receiver.mts"]
            }
            """);
        await NodeProject.ExecuteAsync(Client, "node", "node_modules/typescript/bin/tsc", "--project", project);
        return await NodeProject.ExecuteAsync(
            Client, Path.Combine(client, "node_modules/.bin/esbuild"), file, "--bundle", "--platform=node", "--format=esm", "--alias:@order-issue/client=./src/index.ts");
    }
}

/// <summary>Receiver in C#, to the letter between its first line and its last.</summary>
internal sealed class ReceiverInProcess : IPageReceiver
{
    private readonly Lines Console = new();
    private WebApplication? started;

    public Uri Address => new(started!.Urls.Single());

    public IReadOnlyCollection<string> Printed => Console.All;

    public static async Task<IPageReceiver> StartAsync(string secret)
    {
        var receiver = new ReceiverInProcess();
        await receiver.RunAsync(["--urls=http://127.0.0.1:0", $"--WEBHOOK_SECRET={secret}", "--Logging:LogLevel:Default=None"]);
        return receiver;
    }

    public ValueTask DisposeAsync() => started!.DisposeAsync();

    private Task RunAsync(string[] args)
    {
        // Example
        var app = WebApplication.Create(args);
        var versions = new ConcurrentDictionary<string, int>();
        app.MapPost("/", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            try
            {
                var happened = OrderIssueWebhook.Verify(request.Headers, body.ToArray(), app.Configuration["WEBHOOK_SECRET"]);
                if (happened is { Data: var issue } && (issue.IssueId ?? issue.OrderId) is var key // A trial brings no event.
                    && versions.AddOrUpdate(key, issue.Version, (_, known) => Math.Max(known, issue.Version)) == issue.Version)
                {
                    Console.WriteLine($"{happened.Type} {key} {issue.Status}"); // Here goes your work.
                }

                return Results.NoContent();
            }
            catch (WebhookVerificationException)
            {
                return Results.BadRequest();
            }
        });

        // End
        started = app;
        return app.StartAsync();
    }

    /// <summary>What the example prints to, in place of the system's console.</summary>
    private sealed class Lines
    {
        private readonly ConcurrentQueue<string> all = new();

        public IReadOnlyCollection<string> All => all;

        public void WriteLine(string line) => all.Enqueue(line);
    }
}
