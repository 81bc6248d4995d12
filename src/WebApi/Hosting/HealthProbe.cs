namespace OrderIssues.WebApi.Hosting;

/// <summary>Runs <c>dotnet WebApi.dll probe &lt;url&gt;</c>, the container's health check.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(4);

    public static bool IsAskedFor(string[] args) => args is ["probe", _];

    /// <returns>The exit code: 0 for a healthy service, else 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var client = new HttpClient { Timeout = ProbeTimeout };
        try
        {
            using var answer = await client.GetAsync(new Uri(args[1]));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            return 1;
        }
    }
}
