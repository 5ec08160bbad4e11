import tools as t
from tools import stop as end

t.run()
end()
