namespace OrderIssues.WebApi.CommandLine;

/// <summary>Runs <c>dotnet WebApi.dll probe &lt;url&gt;</c>, the container's health check.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 for a healthy service, else 1.</returns>
    public static async Task<int> RunAsync(string url)
    {
        using var client = new HttpClient { Timeout = ProbeTimeout };
        try
        {
            using var response = await client.GetAsync(new Uri(url));
            response.EnsureSuccessStatusCode();
            return 0;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or TaskCanceledException or UriFormatException or NotSupportedException)
        {
            await Console.Error.WriteLineAsync($"{url}: {exception.Message}");
            return 1;
        }
    }
}
