namespace OrderIssues.WebApi.Hosting;

/// <summary>A key that is a list (<c>Key:0</c>, <c>Key:1</c>, …) or one text with commas.</summary>
internal static class ConfiguredList
{
    public static List<string> Read(IConfiguration configuration, string key) =>
        [
            .. configuration.GetSection(key).GetChildren().Select(child => child.Value)
                .Append(configuration[key])
                .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
}
