namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>Where a service under test keeps its issues.</summary>
public enum Store
{
    Sqlite,
    MongoDb,
}
