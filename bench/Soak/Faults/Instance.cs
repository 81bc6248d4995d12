using System.Diagnostics;
using System.Globalization;

namespace OrderIssues.Soak.Faults;

/// <summary>A process of the service.</summary>
/// <param name="program">Path of WebApi.dll.</param>
/// <param name="address">Address to listen at.</param>
/// <param name="settings">Environment.</param>
/// <param name="path">Path of its files, without what tells them apart.</param>
internal sealed class Instance(string program, string address, IReadOnlyDictionary<string, string> settings, string path) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient http = new() { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(2) };
    private Process? process;

    public Uri Address { get; } = new(address);

    private string Clock => $"{path}.clock";

    /// <summary>Has the process see another time, within a second.</summary>
    public void SetClock(TimeSpan ahead) =>
        File.WriteAllText(Clock, string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0;+0}s\n"));

    public void Start()
    {
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet '{Path.GetFileName(program)}' >> '{path}.log' 2>&1"])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        if (!File.Exists(Clock))
        {
            SetClock(TimeSpan.Zero);
        }

        foreach (var (key, value) in settings.Append(new("ASPNETCORE_URLS", address)).Concat(Surroundings.ClockIn(Clock)))
        {
            start.Environment[key] = value;
        }

        process = Process.Start(start)!;
    }

    public async Task UntilReadyAsync()
    {
        while (true)
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // It starts.
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it as an upgrade would.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process!.Id}"]);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process?.Kill();
        process?.Dispose();
        http.Dispose();
    }
}
