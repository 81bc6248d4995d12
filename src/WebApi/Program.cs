using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Memory;
using OrderIssues.Application;
using OrderIssues.Infrastructure;
using OrderIssues.WebApi;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Issues;
using OrderIssues.WebApi.Limits;
using OrderIssues.WebApi.OpenApi;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

if (HealthProbe.IsAskedFor(args))
{
    return await HealthProbe.RunAsync(args);
}

if (MakeKey.IsAskedFor(args))
{
    await MakeKey.RunAsync();
    return 0;
}

try
{
    var builder = WebApplication.CreateBuilder(args);
    ListenAddresses.Configure(builder.Configuration);

    // Requests aren't logged, since their paths name orders, nor wrong credentials, which anybody can send, unless configuration says otherwise.
    builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData =
        [
            KeyValuePair.Create("Logging:LogLevel:Microsoft.AspNetCore", (string?)"Warning"),
            KeyValuePair.Create("Logging:LogLevel:OrderIssues.WebApi.Security.CredentialScheme", (string?)"Warning"),
        ],
    });

    // What fails at start is told in one line below, not as an error with a stack trace; what ends the service later is critical.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    builder.WebHost.ConfigureKestrel(ServerLimits.Configure).UseSockets(ServerLimits.Configure);
    var access = AccessConfiguration.Read(builder.Configuration, builder.Environment);
    builder.Services
        .AddSingleton(StatusConfiguration.Read(builder.Configuration))
        .AddApplication()
        .AddInfrastructure(builder.Configuration, builder.Environment)
        .AddAccess(access)
        .AddWebApi(builder.Configuration)
        .AddLimits(builder.Configuration, builder.Environment)
        .AddCrossOrigins(builder.Configuration);

    var app = builder.Build();
    access.Log(app.Logger);
    ConfigurationFiles.LogUnreadable(builder.Configuration, app.Logger);
    app.UseSecurityHeaders();
    app.UseCors();
    app.UseResponseCompression();
    app.UseExceptionHandler(_ => { });
    app.UseStatusCodePages(FrameworkProblems.WriteStatusAsync);
    app.UseOpenApi(document => document.PostProcess = (served, _) => OpenApiSetup.ServeHere(served));
    app.UseSwaggerUi(page => page.TransformToExternalPath = (path, _) => path);
    app.UseRoutingOnRawPath();
    app.UseRequestTimeouts();
    app.UseAuthentication();

    // Before it is known whether the caller may, so that guesses at credentials are limited too.
    app.UseRateLimiter();
    app.UseAuthorization();
    app.MapHealth();
    app.MapControllers().WithHead().RequireScopes();
    await app.RunAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync($"The service can't start. {exception.Message}");
    return 1;
}
catch (InvalidDataException exception)
{
    await Console.Error.WriteLineAsync($"The service can't start. {exception.Message}");
    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"The service can't start. ASPNETCORE_URLS: {exception.Message}");
    return 1;
}
