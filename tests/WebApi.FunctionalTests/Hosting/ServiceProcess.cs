using System.Collections.Concurrent;
using System.Diagnostics;
using OrderIssues.WebApi.FunctionalTests.Security;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>The service as a process of its own.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private Task drained = Task.CompletedTask;

    private ServiceProcess(Process process) => this.process = process;

    /// <summary>The program and its arguments that start the service.</summary>
    public static IReadOnlyList<string> Command { get; } = ["dotnet", typeof(Program).Assembly.Location];

    public int Id => process.Id;

    /// <summary>What it has written; all of it once it has ended.</summary>
    public string Output => string.Join('\n', output);

    public Api Api { get; private set; } = null!;

    public int? ExitCode { get; private set; }

    /// <summary>Starts one in <paramref name="folder"/> and waits until it takes requests or ends.</summary>
    public static Task<ServiceProcess> StartAsync(string folder, params (string Key, string Value)[] environment) =>
        StartAsync(folder, Command, environment);

    /// <summary>Likewise, by this program with these arguments.</summary>
    public static async Task<ServiceProcess> StartAsync(
        string folder, IEnumerable<string> command, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in environment)
        {
            Leaks.Configure(key, value);
            start.Environment[key] = value;
        }

        var service = new ServiceProcess(Process.Start(start)!);
        await service.WaitAsync();
        return service;
    }

    /// <summary>Ends it at once, whatever it is doing (SIGKILL).</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        drained.Wait();
    }

    /// <summary>Asks it to end (SIGTERM), and waits for it.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        await drained;
        ExitCode = process.ExitCode;
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private async Task WaitAsync()
    {
        const string Ready = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Add(line);
            if (line.Contains(Ready, StringComparison.Ordinal))
            {
                var address = line[(line.IndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..].Split('"')[0];
                Api = new Api(new HttpClient { BaseAddress = new Uri(address) });

                // A full pipe would stop it.
                drained = Task.WhenAll(DrainAsync(process.StandardOutput), DrainAsync(process.StandardError));
                return;
            }
        }

        Add(await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        ExitCode = process.ExitCode;
    }

    private void Add(string text)
    {
        output.Enqueue(text);
        Leaks.LookInLog(text);
    }

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Add(line);
        }
    }
}
