-- GETs of the paths in a file, one a line, for wrk. Argument: the file. Prints what load.lua prints.
dofile("load.lua")

function init(arguments)
  for path in io.lines(arguments[1]) do
    add("GET", path)
  end
end
