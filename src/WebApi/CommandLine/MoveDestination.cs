using System.Data.Common;
using OrderIssues.Infrastructure;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Store that the command <c>move</c> names.</summary>
internal static class MoveDestination
{
    /// <summary>Services of the store at an address of MongoDB or at the path of a file.</summary>
    public static ServiceProvider ServicesOf(string to, WebApplicationBuilder builder, ILoggerFactory loggers)
    {
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(builder.Configuration)
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:MongoDb"] = IsMongoDb(to) ? to : "",
                ["ConnectionStrings:Sqlite"] = IsMongoDb(to) ? "" : new DbConnectionStringBuilder { ["Data Source"] = to }.ConnectionString,
            })
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(loggers)
            .AddStore(configuration, builder.Environment)
            .BuildServiceProvider();
    }

    public static bool IsMongoDb(string to) =>
        to.StartsWith("mongodb://", StringComparison.OrdinalIgnoreCase)
        || to.StartsWith("mongodb+srv://", StringComparison.OrdinalIgnoreCase);
}
