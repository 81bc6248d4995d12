using System.Diagnostics;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>The service as a process of its own.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process process;
    private readonly List<string> output = [];

    private ServiceProcess(Process process) => this.process = process;

    /// <summary>What it wrote until it was ready, or until it ended.</summary>
    public string Output => string.Join('\n', output);

    public Api Api { get; private set; } = null!;

    public int? ExitCode { get; private set; }

    /// <summary>Starts one in <paramref name="folder"/> and waits until it takes requests or ends.</summary>
    public static Task<ServiceProcess> StartAsync(string folder, params (string Key, string Value)[] environment) =>
        StartAsync(folder, [typeof(Program).Assembly.Location], environment);

    /// <summary>Likewise, with these arguments to <c>dotnet</c>.</summary>
    public static async Task<ServiceProcess> StartAsync(
        string folder, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
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
            start.Environment[key] = value;
        }

        var service = new ServiceProcess(Process.Start(start)!);
        await service.WaitAsync();
        return service;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task WaitAsync()
    {
        const string Ready = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Add(line);
            if (line.Contains(Ready, StringComparison.Ordinal))
            {
                Api = new Api(new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..]) });
                return;
            }
        }

        output.Add(await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        ExitCode = process.ExitCode;
    }
}
