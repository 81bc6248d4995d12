using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Hosting;

/// <summary>Runs <c>dotnet WebApi.dll make-key</c>.</summary>
internal static class MakeKeyCommand
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
