using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Hosting;

/// <summary><c>dotnet WebApi.dll make-key</c>: prints a new API key and the hash that configuration takes in its place.</summary>
internal static class MakeKey
{
    public static bool IsAskedFor(string[] args) => args is [.., "make-key"];

    public static async Task RunAsync()
    {
        var key = ApiKey.New();
        await Console.Out.WriteLineAsync($"""
            Key, for the caller only: {key}
            KeySha256, for Auth:ApiKeys: {Convert.ToHexStringLower(ApiKey.HashOf(key))}
            """);
    }
}
