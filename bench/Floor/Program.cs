using OrderIssues.Floor;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddSingleton<Journal>();
var app = builder.Build();
app.MapControllers();
await app.RunAsync();
